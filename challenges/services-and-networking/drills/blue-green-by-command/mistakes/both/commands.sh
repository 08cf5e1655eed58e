sed -i '/version: blue/d' service.yaml
kubectl apply -f service.yaml
