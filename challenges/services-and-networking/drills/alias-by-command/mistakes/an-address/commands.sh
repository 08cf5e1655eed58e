kubectl delete service ${name}
kubectl create service externalname ${name} --external-name=192.0.2.80
