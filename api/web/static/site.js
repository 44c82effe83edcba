// Makes the form answer in place, counts characters, copies and prints. The page works without it.
(function () {
  "use strict";

  document.documentElement.classList.add("js");

  const form = document.getElementById("ask");
  const text = document.getElementById("text");
  const count = document.getElementById("text-count");
  const busy = document.getElementById("busy");
  const result = document.getElementById("result");
  let shownPath = window.location.pathname;

  function showCount() {
    const limit = Number(text.dataset.limit);
    const length = Array.from(text.value.trim()).length;
    count.textContent = length > limit
      ? "已 " + length + " 字，超出 " + (length - limit) + " 字"
      : "已 " + length + " 字";
    count.classList.toggle("over", length > limit);
  }

  function setBusy(on) {
    busy.textContent = on ? "正在分析，请稍候……" : "";
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
    // The fragment is rendered and escaped by the server; the content policy forbids inline script.
    result.innerHTML = await response.text();
    const about = document.getElementById("about");
    if (about && response.ok) { about.remove(); }
    const advice = result.querySelector("[data-advice]");
    if (advice) {
      shownPath = "/advice/" + advice.dataset.advice;
      history.pushState(null, "", shownPath);
    }
  }

  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: { "X-Requested-With": "fetch" },
        body: new URLSearchParams(new FormData(form)),
      });
      await show(response);
    } catch (error) {
      showProblem("无法连接服务", "请检查服务是否在运行、网络是否通畅，然后重试。诉求内容仍保留在上面。");
    } finally {
      setBusy(false);
      focusResult();
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
