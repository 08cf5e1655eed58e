kubectl delete service ${db}-members
kubectl create service clusterip ${db}-members --clusterip=None --tcp=${listen}
kubectl set selector service ${db}-members app=${db}
kubectl patch service ${db}-members --type=merge -p 'spec: {publishNotReadyAddresses: true}'
