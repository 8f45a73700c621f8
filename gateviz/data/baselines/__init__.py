"""The baselines that a recurrent model has to beat: n-grams and naive Bayes. No torch."""
