"""Networks: the catalogue of known weights and the verified store on this machine."""
