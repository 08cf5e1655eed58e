sed -i 's/version: blue/version: green/' service.yaml
kubectl apply -f service.yaml
kubectl get endpointslices -l kubernetes.io/service-name=${app}
