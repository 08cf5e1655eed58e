kubectl expose deployment ${app} --name=${app}-public --type=NodePort --port=80 --target-port=${listen} --dry-run=client -o yaml |
  sed 's/^\( *\)targetPort: .*/&\n\1nodePort: ${nodePort}/' | kubectl create -f -
