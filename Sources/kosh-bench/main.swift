print("kosh-bench")
