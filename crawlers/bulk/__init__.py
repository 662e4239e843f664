"""Awards by file: what is asked of USAspending's download service, and what becomes of its files.

A crawl brings files (one for each window of days, or one for each fiscal year of the monthly
archive), keeps each as a capture, and then reads its rows with the importer of award files.
"""
