package main

// shared are the kinds of institutions that firms join, kinds all of them.
var (
	shared = []string{"test_laboratory", "training_centre", "science_park", "incubator", "special_zone", "centre_of_expertise",
		"transfer_office", "chamber", "cluster_organisation"}
	kinds = append([]string{"university", "college", "research_centre", "venture_fund", "bank", "investment_bank"}, shared...)
)
