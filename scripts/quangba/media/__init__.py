"""Media: pictures in the sizes that screens need, cards for social networks, films, credits."""
