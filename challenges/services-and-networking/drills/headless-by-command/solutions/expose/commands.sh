kubectl expose deployment ${db} --port=5432 --cluster-ip=None
kubectl get service ${db}
