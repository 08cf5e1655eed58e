kubectl label pod ${app}-odd app-
