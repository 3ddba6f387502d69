print("from a snippet")
