kubectl get pods --show-labels
kubectl label pod ${app}-odd app-
kubectl scale deployment ${app} --replicas=${replicas}
