kubectl expose deployment ${app} --name=${app}-public --type=NodePort --port=80 --target-port=${listen}
