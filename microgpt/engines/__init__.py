"""The same training, faster: each engine gives the program's own losses."""
