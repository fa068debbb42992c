@echo off
rem For a double click on Windows: does what "py tasks.py run" does, and keeps the window open when it fails.
cd /d "%~dp0"
for %%p in ("py" "python" "python3") do (
    %%~p -c "" >nul 2>nul && (
        %%~p tasks.py run || pause
        exit /b
    )
)
echo Answer Aloud needs Python, and there is none on this computer.
echo Install Python 3.13 from python.org, then double-click this file again.
pause
exit /b 1
