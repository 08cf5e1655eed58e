sed -i 's/version: blue/version: Green/' service.yaml
kubectl apply -f service.yaml
