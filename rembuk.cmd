@echo off
rem Makes the environment when it is missing or out of date, then runs the program. Needs Python 3.11 to 3.13.
setlocal
set "here=%~dp0"
set "venv=%here%.venv"
set "lock=%here%requirements.lock"
set "mark=%venv%\rembuk-requirements.lock"
set "python=%venv%\Scripts\python.exe"
if exist "%mark%" fc /b "%lock%" "%mark%" >nul 2>&1 && goto run
echo Menyiapkan Rembuk: mengambil pustaka, sekali saja. Bila terputus, jalankan lagi. 1>&2
if not exist "%python%" (
  py -3 -m venv "%venv%" || python -m venv "%venv%" || exit /b 2
)
"%python%" -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -r "%here%requirements-pip.lock" || exit /b 2
"%python%" -m pip install --disable-pip-version-check --require-hashes --only-binary :all: --no-deps --resume-retries 30 -r "%lock%" || exit /b 2
for /f "delims=" %%s in ('"%python%" -c "import sysconfig; print(sysconfig.get_path('purelib'))"') do echo %here%src> "%%s\rembuk-src.pth"
copy /y "%lock%" "%mark%" >nul
:run
"%python%" -m rembuk %*
