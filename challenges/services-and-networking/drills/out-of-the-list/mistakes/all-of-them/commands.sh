kubectl label pods -l app=${app} app-
