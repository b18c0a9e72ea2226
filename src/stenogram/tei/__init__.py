"""TEI P5: the only home of namespaces and of XML trees."""
