def rows(answer):
    return answer.json()
