kubectl label pod ${app}-odd owner-
