kubectl delete service ${name}
kubectl create service externalname ${name} --external-name=api.${company}.example:${listen}
