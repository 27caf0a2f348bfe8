"""Search: what is indexed of an event, what readers may ask, and how both databases answer."""
