BESIDE = "found beside"
