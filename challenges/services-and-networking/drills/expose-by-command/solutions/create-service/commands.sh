# The name of the Service is the value of its selector, too: app=${api}.
kubectl create service clusterip ${api} --tcp=80:${listen}
kubectl get endpointslices -l kubernetes.io/service-name=${api}
