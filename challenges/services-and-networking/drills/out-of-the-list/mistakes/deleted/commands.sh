kubectl delete pod ${app}-odd
