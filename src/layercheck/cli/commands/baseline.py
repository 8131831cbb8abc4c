"""`layercheck baseline`: accept existing findings explicitly, and remove entries that are fixed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from layercheck.cli.help_layout import ExplainedCommand, option
from layercheck.cli.messages import make_lines_printable, say
from layercheck.cli.shared_options import config_option, no_cache_option, paths_argument, plugins_option, rules_option
from layercheck.engine.project_target import find_target
from layercheck.errors import UsageError
from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.files.discovery import BASELINE_NAME
from layercheck.plurals import count

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence

    from layercheck.baseline.baseline_checker import BaselineResult
    from layercheck.baseline.entry import Notes
    from layercheck.baseline.revision import Revision
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.rule.rule import Rule


_WHAT_TO_CHANGE = "What to change"
_NOTES = "Notes on new entries"


class _Request(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for on the command line."""

    paths: tuple[Path, ...]
    rules: tuple[str, ...]
    everything: bool
    prune: bool
    per_package: bool | None
    reason: str
    owner: str
    until: str | None
    ticket: str
    config: Path | None
    with_plugins: bool
    no_cache: bool


@click.command(
    cls=ExplainedCommand,
    examples=(
        (
            "layercheck baseline --all --reason 'before layercheck'",
            "Accept all errors and warnings that there are now:",
        ),
        ("layercheck baseline --prune", "Remove the entries whose findings are fixed:"),
    ),
)
@paths_argument
@rules_option(
    _WHAT_TO_CHANGE,
    "--rule",
    "rules",
    what="Accept the findings of this rule, given by code or name. Separate several with commas.",
)
@option(_WHAT_TO_CHANGE, "--all", "everything", is_flag=True, help="Accept every error and warning.")
@option(
    _WHAT_TO_CHANGE, "--prune", is_flag=True, help="Remove entries without a finding and rename entries that moved."
)
@option(
    _WHAT_TO_CHANGE,
    "--per-package/--one-file",
    default=None,
    help="Store the entries in the packages they concern, or in one file at the root.",
)
@option(_NOTES, "--reason", default="", help="Reason to record with the new entries.")
@option(_NOTES, "--owner", default="", help="Owner to record with the new entries.")
@option(
    _NOTES, "--until", metavar="DATE", help="Last day on which the new entries are accepted, for example 2027-03-01."
)
@option(_NOTES, "--ticket", default="", help="Ticket to record with the new entries.")
@config_option
@plugins_option
@no_cache_option
def command(**options: Any) -> int:
    """Accept existing findings so that only new ones are reported.

    Nothing is accepted without --rule or --all, and --prune removes the entries whose findings are fixed. Every change is
    printed. PATHS are files or folders of one project (default: the current folder); only their entries are changed.
    """
    from layercheck.baseline.entry_location import is_per_package  # noqa: PLC0415  (--help does without all of these)
    from layercheck.baseline.revision import FiledEntry, Revision, prune, regroup  # noqa: PLC0415
    from layercheck.engine.check import check_baseline  # noqa: PLC0415
    from layercheck.engine.options import CheckOptions  # noqa: PLC0415

    request = _Request(**options)
    wants_to_add = bool(request.rules or request.everything)
    if not (wants_to_add or request.prune or request.per_package is not None):
        raise UsageError("nothing to do: accept findings with --rule CODE or --all, or remove fixed ones with --prune")
    notes = _read_notes(request, wants_to_add=wants_to_add)
    target = find_target(request.paths, configuration=request.config, with_plugins=request.with_plugins)
    cache = None if request.no_cache else target.root / FOLDER_NAME
    held = check_baseline(target, CheckOptions(cache_folder=cache))
    known, checker = held.baseline.known, held.checker
    per_package = request.per_package
    if per_package is None:
        per_package = is_per_package(held.baseline.headers)
    place = checker.place_in_package if per_package else _place_at_root
    if request.prune:
        if absent := checker.not_checked_out:
            raise UsageError(
                f"--prune needs all files, and {len(absent):,} are not checked out (sparse checkout), {absent[0]} for one: "
                "run it in a full checkout"
            )
        revision = prune(known, held.outcome, place if per_package else None, scoped=checker.is_scoped)
    else:
        revision = Revision(tuple(FiledEntry(each.path, each.entry) for each in known))
    if request.per_package is not None:
        root = "" if per_package else BASELINE_NAME
        revision = regroup(revision, held.outcome, place, root=root, scoped=checker.is_scoped)
    refused: list[str] = []
    if wants_to_add:
        revision, refused = _accept(revision, held, request, notes, place, target.plugins.rules)
    _write(target, held, revision)
    for line in refused:
        say(line)
    return 1 if refused else 0


def _place_at_root(_finding: Finding) -> str:
    return BASELINE_NAME


def _read_notes(request: _Request, *, wants_to_add: bool) -> Notes:
    from layercheck.baseline.entry import Notes  # noqa: PLC0415
    from layercheck.baseline.entry_line import find_note, parse_day  # noqa: PLC0415
    from layercheck.suppressions.misspelt import find_misspelt_until  # noqa: PLC0415

    written = {"reason": request.reason, "owner": request.owner, "until": request.until or "", "ticket": request.ticket}
    given = {key: " ".join(text.split()).lstrip("#") for key, text in written.items()}
    for key, text in given.items():
        if text and not wants_to_add:
            raise UsageError(f"--{key} applies to new entries: add some with --rule CODE or --all")
        if not text.isprintable():
            raise UsageError(f"--{key} contains characters that cannot be printed")
    if note := find_note(given["reason"]):
        raise UsageError(f"--reason contains {note!r}: use the option --{note.partition('=')[0]} for it")
    if problem := find_misspelt_until(given["reason"]):
        raise UsageError(f"--reason: {problem} (use the option --until for it)")
    try:
        until = parse_day(given["until"]) if given["until"] else None
    except ValueError as error:
        raise UsageError(f"--until: {error}") from None
    if until is not None and until < _today():
        raise UsageError(f"--until: {until} is in the past")
    return Notes(given["reason"], given["owner"], until, given["ticket"])


def _today() -> dt.date:
    import datetime as dt  # noqa: PLC0415

    return dt.date.today()  # noqa: DTZ011  (the user's own calendar)


def _accept(
    revision: Revision,
    held: BaselineResult,
    request: _Request,
    notes: Notes,
    place: Callable[[Finding], str],
    rules: Sequence[type[Rule]],
) -> tuple[Revision, list[str]]:
    """Add the requested entries; return a line for each one that was refused. `rules` are all rules there are."""
    from layercheck.baseline.entry import entry_of  # noqa: PLC0415
    from layercheck.baseline.entry_line import describe  # noqa: PLC0415
    from layercheck.baseline.revision import accept  # noqa: PLC0415
    from layercheck.model.severity import Severity  # noqa: PLC0415

    codes = _codes_of(request.rules, held, rules)
    scoped = held.checker.is_scoped

    def is_meant(finding: Finding) -> bool:
        return finding.code in codes or (request.everything and finding.severity is not Severity.INFO)

    refused = [
        f"not accepted: {describe(entry_of(each, scoped=scoped))}: "
        f"`{held.checker.strict_package_of(each)}` is strict and allows no entries"
        for each in held.outcome.strict
        if is_meant(each)
    ]
    wanted = [each for each in held.outcome.new if is_meant(each)]
    for match in held.outcome.expired:
        if is_meant(match.finding) and notes.until is None:
            line = describe(match.known.entry)
            refused.append(f"not accepted: {line}: its entry has expired; give a new date with --until")
        elif is_meant(match.finding):
            wanted.append(match.finding)
    return accept(revision, wanted, notes, place, scoped=scoped), refused


def _codes_of(words: Iterable[str], held: BaselineResult, rules: Sequence[type[Rule]]) -> frozenset[str]:
    from layercheck.baseline.entry_findings import EXPIRED, STALE  # noqa: PLC0415
    from layercheck.config.rule_guess import guess_rules  # noqa: PLC0415
    from layercheck.rule.rule_names import list_rule_names  # noqa: PLC0415

    codes = {word: rule.code for rule in rules for word in (rule.code, rule.name)}
    for word in words:
        if word not in codes:
            guess = guess_rules(word, list_rule_names(rules), may_be_prefix=False)
            raise UsageError(f"--rule: there is no rule {word!r}{guess}")
        if codes[word] in {STALE, EXPIRED}:
            raise UsageError(f"--rule: {word} is about the baseline itself and cannot be accepted in it")
        if codes[word] not in held.checker.active:
            raise UsageError(f"--rule: {word} does not run in this project (see `select` and `ignore`)")
    return frozenset(codes[word] for word in words)


def _write(target: ProjectTarget, held: BaselineResult, revision: Revision) -> None:
    from layercheck.baseline.revision_writer import write_revision  # noqa: PLC0415

    write_revision(target.root, held.baseline.headers, revision)
    for line in (*_describe_changes(revision), _summarise(held, revision)):
        click.echo(make_lines_printable(line))
    if revision.placed and not held.baseline.headers:
        click.echo(f"To avoid merge conflicts, add this line to .gitattributes: {BASELINE_NAME} merge=union")


def _describe_changes(revision: Revision) -> Iterable[str]:
    from layercheck.baseline.entry_line import describe, format_entry  # noqa: PLC0415

    yield from (f"+ {format_entry(entry)}" for entry in sorted(revision.added, key=format_entry))
    yield from (f"- {describe(entry)}" for entry in sorted(revision.removed, key=describe))
    for old, new in sorted(revision.renamed, key=lambda pair: describe(pair[1])):
        yield f"~ {describe(old)} is now {describe(new)}"


def _summarise(held: BaselineResult, revision: Revision) -> str:
    changes = {"added": revision.added, "removed": revision.removed, "renamed": revision.renamed}
    description = [f"{len(entries):,} {what}" for what, entries in changes.items() if entries]
    before, after = len(held.baseline.known), len(revision.placed)
    change = f" ({after - before:+,d})" if after != before else ""
    files = sorted({each.path for each in revision.placed})
    where = "" if not files else f" in {files[0] if len(files) == 1 else count(len(files), 'file')}"
    return f"{', '.join(description) or 'nothing to add or remove'}; known {after:,}{change}{where}"
