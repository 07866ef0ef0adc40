// The theme's icon script (1.6 MB) is left out: book.css draws the few icons that are used.
