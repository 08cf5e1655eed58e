kubectl get service ${app} -o yaml | sed 's/version: blue/version: green/' | kubectl apply -f -
