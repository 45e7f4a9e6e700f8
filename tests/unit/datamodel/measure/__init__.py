"""Two hundred planted worlds and two hundred clean twins for each detector: what is planted, where, and what is found."""
