"""What became of an advice: was it used 采纳, what came of it 结果, how sure are the figures."""
