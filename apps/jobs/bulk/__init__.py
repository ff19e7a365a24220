"""One act for many things of a list: a plan row by row, confirmed, then carried on like any job."""
