"""Days that are lived by a program: from a log of real arrivals, or drawn by chance for the demo company."""
