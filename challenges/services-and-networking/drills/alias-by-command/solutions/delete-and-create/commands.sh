kubectl delete service ${name}
kubectl create service externalname ${name} --external-name=api.${company}.example
kubectl get service ${name}
