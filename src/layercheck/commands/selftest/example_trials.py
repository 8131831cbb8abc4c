"""Trials of rules with the examples in their documentation, put into the project of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomli

from layercheck.commands.selftest.graft import find_places, graft
from layercheck.commands.selftest.skeleton import CAUSES
from layercheck.commands.selftest.trial import TrialResult, make_trial
from layercheck.config.document import PYPROJECT
from layercheck.config.loaded_configuration import complete_document, load_configuration
from layercheck.errors import LayercheckError
from layercheck.project.roles import RoleNames
from layercheck.testing.cases import cases_of_rule

if TYPE_CHECKING:
    from layercheck.commands.selftest.graft import Place
    from layercheck.commands.selftest.skeleton import Skeleton
    from layercheck.commands.selftest.trial import Injected, Trial
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.rule.rule import Rule
    from layercheck.testing.written_trees import Tree


_NOTHING = "nothing is reported in it"


def try_example(rule: Rule, skeleton: Skeleton) -> Trial:
    """Put the example of a rule into the project: its findings must be found; and then what its page advises instead."""
    broken, clean = cases_of_rule(type(rule))
    for case in (broken, clean):
        if case.problem:
            return make_trial(rule, TrialResult.UNTESTABLE, reason=case.problem)
    roles = skeleton.target.loaded.configuration.roles
    names = RoleNames({role: [entry for entry in entries if "." not in entry] for role, entries in roles.items()})
    places = find_places(skeleton.project, names, skeleton.modules, rule.code)
    trials = []
    for place in places:
        trial = _try_place(rule, skeleton, place, names, (broken.tree, clean.tree))
        if trial.result is TrialResult.FIRES:
            return trial
        trials.append(trial)
    # What reports too much has at least reported something, and a cause says more than none.
    noisy = (each for each in trials if each.result is TrialResult.NOISY)
    explained = (each for each in trials if each.reason in CAUSES.values())
    return next(noisy, None) or next(explained, trials[0])


def _try_place(rule: Rule, skeleton: Skeleton, place: Place, names: RoleNames, trees: tuple[Tree, Tree]) -> Trial:
    where = f"the example of its page, in {place.folder or '.'}/{' alone' if place.is_alone else ''}"
    try:
        injected = graft(trees[0], place, names)
        if not _fires(rule, skeleton, trees[0], injected):
            cause = skeleton.find_cause([rule.code], injected, fires=bool)
            return make_trial(rule, TrialResult.SILENT, where, cause or _NOTHING)
        if _fires(rule, skeleton, trees[1], graft(trees[1], place, names)):
            reason = "it also reports what its page advises instead"
            return make_trial(rule, TrialResult.NOISY, where, reason)
    except LayercheckError as error:
        return make_trial(rule, TrialResult.SILENT, where, f"it cannot be checked: {str(error).partition(chr(10))[0]}")
    return make_trial(rule, TrialResult.FIRES, where)


def _fires(rule: Rule, skeleton: Skeleton, tree: Tree, injected: Injected) -> bool:
    loaded = _load(skeleton, tree, injected)
    found = skeleton.check([rule.code], injected, loaded)
    if injected.is_alone:
        return bool(found)
    return any(each.location.path in injected.texts for each in found)


def _load(skeleton: Skeleton, tree: Tree, injected: Injected) -> LoadedConfiguration:
    """Load the configuration: of the user, with the settings that an example needs; where it is about them, its own."""
    own, root = skeleton.target.loaded, skeleton.target.root
    text = (injected.project_files or {}).get(PYPROJECT, b"")
    if b"[tool.layercheck" in text:
        return load_configuration(root / PYPROJECT, vocabulary=own.vocabulary, data=text)
    if not tree.configuration:
        return own
    overrides = {**own.overrides, **tomli.loads(tree.configuration)}
    return complete_document(own.document, overrides=overrides, vocabulary=own.vocabulary)
