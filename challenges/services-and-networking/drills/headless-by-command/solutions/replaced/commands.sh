kubectl expose deployment ${db} --port=5432
kubectl delete service ${db}
kubectl expose deployment ${db} -n ${namespace} --port=5432 --cluster-ip=None
