kubectl create service clusterip ${db} --clusterip=None --tcp=5432 --namespace=default
