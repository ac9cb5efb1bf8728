"""Speed: ratios against a constant route measured in the same run, since absolute figures are the machine's."""
