kubectl scale deployment ${app}-blue --replicas=0
sed -i 's/version: blue/version: green/' service.yaml
kubectl apply -f service.yaml
