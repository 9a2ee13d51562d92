"""JSONPath (RFC 9535): queries parsed, and the nodes they select."""
