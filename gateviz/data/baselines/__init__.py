"""What a recurrent model has to beat: n-grams and naive Bayes. No torch."""
