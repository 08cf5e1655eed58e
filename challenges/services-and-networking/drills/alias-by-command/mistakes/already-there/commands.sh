kubectl create service externalname ${name} --external-name=api.${company}.example
