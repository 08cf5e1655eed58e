kubectl expose deployment ${db} --port=5432
kubectl get service ${db} -o yaml | sed 's/clusterIP: .*/clusterIP: None/; s/- 10\..*/- None/' | kubectl apply -f -
