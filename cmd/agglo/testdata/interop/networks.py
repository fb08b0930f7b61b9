"""networks.py FILE: what networkx finds in a GraphML or GEXF file, as JSON: nodes and edges with their attributes."""
import json
import sys

import networkx

path = sys.argv[1]
graph = networkx.read_gexf(path) if path.endswith(".gexf") else networkx.read_graphml(path)
json.dump(
    {
        "directed": graph.is_directed(),
        "nodes": dict(graph.nodes(data=True)),
        "edges": [[a, b, data] for a, b, data in graph.edges(data=True)],
    },
    sys.stdout,
)
