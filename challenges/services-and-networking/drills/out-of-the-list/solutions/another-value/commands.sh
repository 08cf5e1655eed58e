kubectl scale deployment ${app} --replicas=${replicas}
kubectl label pod ${app}-odd app=quarantine --overwrite
kubectl get endpointslices -l kubernetes.io/service-name=${app}
