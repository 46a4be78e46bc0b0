"""Values of this package as bytes and back: nothing of them is run, and only the package's own classes come back.

Objects are stored without their methods, by class and column; shared ones stay shared. Rules are stored apart, and
read one by one when somebody asks for them. What one version of the program writes, another need not read: `stored.py`
sees to it that it is not asked to.
"""
