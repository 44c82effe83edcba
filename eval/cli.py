"""``advisor-eval``: the door of the harness; one module for each measure's command."""

import sys

import click

from advisor.errors import AdvisorError
from corpus.errors import CorpusError
from eval.adoption_command import adoption
from eval.advice_command import advice
from eval.all_command import measure_all
from eval.batch_command import batch
from eval.bench.command import bench
from eval.cases_command import cases
from eval.categories_command import categories
from eval.citations_command import citations
from eval.compare_command import compare_runs
from eval.errors import EvalError
from eval.flags import flags
from eval.groups.command import groups
from eval.judge.command import duel, judge
from eval.leads_command import leads
from eval.matters_command import triage
from eval.ranking_command import rank_train
from eval.redaction.command import redaction
from eval.redaction.training.command import redaction_train
from eval.report.command import report
from eval.retrieval_command import retrieval
from eval.stories_command import stories
from indexer.errors import IndexerError

COMMANDS: tuple[click.Command, ...] = (
    adoption,
    advice,
    batch,
    bench,
    cases,
    categories,
    citations,
    compare_runs,
    duel,
    groups,
    flags,
    judge,
    leads,
    measure_all,
    rank_train,
    redaction,
    redaction_train,
    report,
    retrieval,
    stories,
    triage,
)
"""Every measure that can be run; a new one is added here."""


class _Evaluation(click.Group):
    """Exit codes of the house: 1 refused input with a Chinese sentence, 2 usage, 3 internal."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what we know to go wrong becomes one sentence on stderr."""
        try:
            return super().invoke(ctx)
        except (AdvisorError, CorpusError, EvalError, IndexerError) as error:
            click.echo(str(error), err=True)
            sys.exit(1)


main = _Evaluation("advisor-eval", help="智治助手评测。", commands=list(COMMANDS))
