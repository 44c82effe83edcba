"""Logs: one JSON object per line on stderr, never the text of a complaint."""

import logging
import sys

import structlog

_OUR_LOGGERS = ("api", "advisor", "indexer", "corpus")


def configure(level: str = "WARNING") -> None:
    """Send our own events and those of the libraries to stderr as JSON lines.

    Args:
        level: Least severity shown of our own events, a name of the ``logging`` module.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _without_message,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [stream]
    # Libraries stay at warnings: what they tell in passing (httpx: every URL) may hold a complaint.
    root.setLevel(logging.WARNING)
    for ours in _OUR_LOGGERS:
        logging.getLogger(ours).setLevel(level)


def _without_message(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Keep class and place of an exception: its message may quote a complaint."""
    failure = event.pop("exc_info", None)
    error = failure[1] if isinstance(failure, tuple) else failure
    if isinstance(error, BaseException):
        event.update(frames_of(error))
    return event


def frames_of(error: BaseException) -> dict[str, str]:
    """What a log may say of a failure: its class and where it arose, never its message."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
        trace = trace.tb_next
    return {"error": type(error).__name__, "place": place}
