// Makes the form answer in place, part by part; counts, copies, prints. The page works without it.
(function () {
  "use strict";

  document.documentElement.classList.add("js");

  const form = document.getElementById("ask");
  const text = document.getElementById("text");
  const count = document.getElementById("text-count");
  const busy = document.getElementById("busy");
  const result = document.getElementById("result");
  const STREAM = "text/event-stream";
  const canStream = "TextDecoder" in window && "ReadableStream" in window && "AbortController" in window;
  let shownPath = window.location.pathname;
  let listening = null;

  function showCount() {
    const limit = Number(text.dataset.limit);
    const length = Array.from(text.value.trim()).length;
    count.textContent = length > limit
      ? "已 " + length + " 字，超出 " + (length - limit) + " 字"
      : "已 " + length + " 字";
    count.classList.toggle("over", length > limit);
  }

  function setBusy(on) {
    if (on) { busy.textContent = "正在分析，请稍候……"; }
    form.querySelector("button[type=submit]").disabled = on;
    form.setAttribute("aria-busy", String(on));
  }

  function focusResult() {
    const target = result.querySelector("[data-focus]");
    if (target) {
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "start", behavior: "smooth" });
    }
  }

  function fragment(html) {
    // Rendered and escaped by the server; the content policy forbids inline script.
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  }

  function showProblem(title, detail) {
    const section = document.createElement("section");
    section.className = "panel problem";
    section.setAttribute("role", "alert");
    section.setAttribute("data-focus", "");
    section.tabIndex = -1;
    const heading = document.createElement("h2");
    heading.textContent = title;
    const words = document.createElement("p");
    words.textContent = detail;
    section.append(heading, words);
    result.replaceChildren(section);
  }

  async function show(response) {
    const type = response.headers.get("Content-Type") || "";
    if (type.includes("json")) {
      const problem = await response.json();
      showProblem(problem.title || "请求未完成", problem.detail || "请稍后重试。");
      return;
    }
    result.replaceChildren(fragment(await response.text()));
    if (response.ok) { arrived(); }
  }

  // The result has an address of its own from now on.
  function arrived() {
    const about = document.getElementById("about");
    if (about) { about.remove(); }
    const advice = result.querySelector("[data-advice]");
    if (advice && shownPath !== "/advice/" + advice.dataset.advice) {
      shownPath = "/advice/" + advice.dataset.advice;
      history.pushState(null, "", shownPath);
    }
    label(advice);
  }

  // The label for generated text that programs read stands in the head of the page.
  function label(advice) {
    let meta = document.head.querySelector("meta[name=AIGC]");
    const content = advice && advice.dataset.aigc;
    if (!content) {
      if (meta) { meta.remove(); }
      return;
    }
    if (!meta) {
      meta = document.createElement("meta");
      meta.name = "AIGC";
      document.head.append(meta);
    }
    meta.content = content;
  }

  // What is the same stays as it is, with its ticks and its focus.
  function renew(present, part) {
    if (present.outerHTML === part.outerHTML) { return; }
    const focused = present.contains(document.activeElement);
    present.replaceWith(part);
    if (focused) { part.focus({ preventScroll: true }); }
  }

  function partOf(article, id) {
    return article.querySelector(":scope > #" + id);
  }

  function place(article, parts) {
    for (const part of parts) {
      const present = partOf(article, part.id);
      if (present) { renew(present, part); }
    }
  }

  // The whole advice over what was shown of it so far.
  function settle(article, whole) {
    const parts = Array.from(whole.children);
    const names = new Set(parts.map(function (part) { return part.id; }));
    for (const old of Array.from(article.children)) {
      if (!names.has(old.id)) { old.remove(); }
    }
    let before = null;
    for (const part of parts) {
      const present = partOf(article, part.id);
      if (present) {
        renew(present, part);
      } else {
        article.insertBefore(part, before ? before.nextSibling : article.firstChild);
      }
      before = partOf(article, part.id);
    }
    article.className = whole.className;
    article.dataset.advice = whole.dataset.advice;
    if (whole.dataset.aigc) { article.dataset.aigc = whole.dataset.aigc; }
  }

  const steps = {
    triage: "已作出办理判断，正在选定依据……",
    evidence: "已选定依据，正在起草……",
    analysis: "盘账分析已完成……",
    plan: "清账方案已完成……",
    legal_basis: "法规支撑已完成……",
    precedents: "案例参考已完成……",
  };

  function take(name, html) {
    const fresh = fragment(html);
    const article = result.querySelector("article");
    busy.textContent = steps[name] || "";
    if (name === "error" || name === "triage" || !article) {
      result.replaceChildren(fresh);
      if (name !== "error") { arrived(); }
      focusResult();
    } else if (name === "done") {
      settle(article, fresh.querySelector("article"));
      arrived();
      busy.textContent = "建议已完成并保存。";
    } else {
      place(article, Array.from(fresh.children));
    }
  }

  // Server-sent events: blocks of lines between blank lines; a line that begins with : is a heartbeat.
  async function read(response) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let buffer = "";
    let ended = false;
    for (;;) {
      const piece = await reader.read();
      buffer += decoder.decode(piece.value || new Uint8Array(), { stream: !piece.done });
      const blocks = buffer.split("\n\n");
      buffer = blocks.pop();
      for (const block of blocks) {
        const fields = {};
        for (const line of block.split("\n")) {
          const colon = line.indexOf(": ");
          if (colon > 0) { fields[line.slice(0, colon)] = line.slice(colon + 2); }
        }
        if (!fields.event) { continue; }
        take(fields.event, JSON.parse(fields.data).html);
        ended = ended || fields.event === "done" || fields.event === "error";
      }
      if (piece.done) { return ended; }
    }
  }

  // Nobody listens any more; the advice is finished and stored all the same, unless the service broke.
  function left(words, promise) {
    const article = result.querySelector("article.live");
    if (!article) { return false; }
    article.classList.add("stopped");
    for (const state of article.querySelectorAll(".state")) { state.textContent = words; }
    const note = document.getElementById("left");
    note.hidden = false;
    note.firstChild.textContent = words + promise;
    const stop = article.querySelector("[data-action=stop]");
    if (stop) { stop.remove(); }
    busy.textContent = "";
    return true;
  }

  async function follow(response) {
    try {
      if (!await read(response)) { throw new Error("broken off"); }
    } catch (error) {
      const told = error.name === "AbortError"
        ? left("已停止接收", "，建议仍在后台完成并保存")
        : left("连接中断", "，只要服务还在运行，建议仍会完成并保存");
      if (!told) { throw error; }
    }
  }

  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    listening = canStream ? new AbortController() : null;
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: Object.assign({ "X-Requested-With": "fetch" }, canStream ? { Accept: STREAM } : {}),
        body: new URLSearchParams(new FormData(form)),
        signal: listening ? listening.signal : undefined,
      });
      const type = response.headers.get("Content-Type") || "";
      if (type.includes(STREAM) && response.body) {
        await follow(response);
      } else {
        await show(response);
        busy.textContent = "";
        focusResult();
      }
    } catch (error) {
      showProblem("无法连接服务", "请检查服务是否在运行、网络是否通畅，然后重试。诉求内容仍保留在上面。");
      busy.textContent = "";
      focusResult();
    } finally {
      listening = null;
      setBusy(false);
    }
  }

  async function copy(words, button) {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(words);
      button.textContent = "已复制";
    } catch (error) {
      button.textContent = copyBySelection(words) ? "已复制" : "复制失败，请手动选择";
    }
    setTimeout(function () { button.textContent = label; }, 2000);
  }

  // navigator.clipboard is missing on plain HTTP addresses of an intranet.
  function copyBySelection(words) {
    const area = document.createElement("textarea");
    area.value = words;
    area.className = "offscreen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  const actions = {
    example: function (button) {
      text.value = button.dataset.example;
      showCount();
      text.focus();
    },
    copy: function (button) { copy(document.getElementById("plain").value, button); },
    "copy-script": function (button) { copy(document.getElementById("script").textContent, button); },
    print: function () { window.print(); },
    stop: function () { if (listening) { listening.abort(); } },
  };

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-action]");
    if (button && actions[button.dataset.action]) {
      event.preventDefault();
      actions[button.dataset.action](button);
    }
  });
  // A jump to an evidence mark also arrives here; only another address needs another page.
  window.addEventListener("popstate", function () {
    if (window.location.pathname !== shownPath) { window.location.reload(); }
  });

  if (form) {
    text.addEventListener("input", showCount);
    form.addEventListener("submit", submit);
    showCount();
  }
})();
