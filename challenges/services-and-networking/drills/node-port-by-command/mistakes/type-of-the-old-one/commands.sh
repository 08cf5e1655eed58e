kubectl get service ${app} -o yaml | sed 's/type: ClusterIP/type: NodePort/' | kubectl apply -f -
