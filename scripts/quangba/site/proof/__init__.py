"""
Proof: what every build measures on the files that it wrote, and who answers for them.

Nothing here asks the code that wrote a page; everything is read from the folder of the site.
"""
