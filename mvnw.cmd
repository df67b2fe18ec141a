@echo off
echo Memory Queue is built and run on Linux or macOS. On Windows use WSL (wsl --install), and there: ./mvnw verify, ./run 1>&2
exit /b 1
