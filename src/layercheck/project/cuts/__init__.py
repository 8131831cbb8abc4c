"""The cheapest edges whose removal leaves a graph without cycles: a minimum feedback arc set.

Pure: knows of nodes and edges alone.
"""

from layercheck.project.cuts.cut import EXACT_UP_TO, Cut, find_cut

__all__ = ["EXACT_UP_TO", "Cut", "find_cut"]
