kubectl delete endpoints ${db}
